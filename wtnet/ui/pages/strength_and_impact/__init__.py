"""Strength and impact: do they go together?"""
