"""Workbooks as leads keep them: in English under headings of their own, in German, and beside tables of ours."""

from __future__ import annotations

TITLED: dict[str, list[list[object]]] = {
    "Read me first": [["Please update monthly"], ["Thanks, Bea"]],
    "Links": [
        ["From partner", "Linked with", "How close? (low/medium/high)", "Contact per month", "What for"],
        ["Dunmore House", "Quay Players", "high", 4, "loan box sessions"],
        ["Dunmore House", "Elm Surgery", "low", 1, "referrals"],
        ["Dunmore Hse", "Ayo Bright", "HIGH", 8, "singing"],
    ],
    "Members": [
        ["", "", "Where", "", "Money"],
        ["Member organisation", "Sector", "Town", "County", "Grant (€)"],
        ["Dunmore House", "Heritage", "Dunmore", "Clare", "€12.500,00"],
        ["Quay Players", "Community", "Quay", "Clare", "€4.000,00"],
        ["Elm Surgery", "NHS practice", "Elm", "Kerry", ""],
        ["Ayo Bright", "Freelance musician", "Quay", "Clare", "€2.250,50"],
    ],
    "Strands": [
        ["Strand", "Led by", "Begins", "Finish", "Audience", "Budget €"],
        ["Sing Out", "Dunmore House", "Autumn 2024", "still running", "Carers", "10.000"],
        ["Walk Well", "Kelp Trust", "01/02/2025", "01/12/2025", "Patients", "5.000"],
    ],
    "KPIs": [
        ["KPI", "Strand", "Before", "After", "Target", "Tool"],
        ["People joining", "Sing Out", 0, 35, 40, "count"],
        ["% more confident", "Sing Out", "20%", "55%", "60%", "survey"],
    ],
}
GERMAN: dict[str, list[list[object]]] = {
    "Partner": [
        ["Einrichtung", "Art", "Ort", "E-Mail"],
        ["Museum am Hafen", "Museum", "Kiel", "a@x.example"],
        ["Chor Süd", "Verein", "Kiel", ""],
        ["Praxis Dr. Ahl", "Gesundheit", "Plön", ""],
    ],
    "Zusammenarbeit": [
        ["Einrichtung", "arbeitet mit", "Stärke", "seit"],
        ["Museum am Hafen", "Chor Süd", "stark", "01.03.2024"],
        ["Museum am Hafen", "Praxis Dr. Ahl", "schwach", "15.04.2024"],
        ["Chor Süd", "Praxis Dr. Ahl", "mittel", ""],
    ],
    "Wer macht mit": [
        ["Einrichtung", "Singen", "Malen"],
        ["Museum am Hafen", "ja", "ja"],
        ["Chor Süd", "ja", "nein"],
        ["Praxis Dr. Ahl", "", "ja"],
    ],
}
OURS_AND_MORE: dict[str, list[list[object]]] = {
    "organisations": [["id", "name", "kind"], ["a", "Hall Museum", "museum"], ["b", "Tide Choir", "community_group"]],
    "partnerships": [["source", "target", "level", "Hours a week"], ["a", "b", 3, 2]],
    "Scores 1-7": [["1 to 7, row about column", "Hall Museum", "Tide Choir"], ["Hall Museum", "", 7], ["Tide Choir", 5, ""]],
    "Impact": [
        ["Outcome", "Project", "Q1 2025", "Q2 2025", "Q3 2025", "Target"],
        ["Sessions held", "Tides", 4, 9, 14, 20],
    ],
    "pivot": [["Row Labels", "Count"], ["museum", 1]],
}
LEADS = (TITLED, GERMAN, OURS_AND_MORE)
