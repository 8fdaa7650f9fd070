"""Graph files that leave: GEXF, GraphML, Gephi, Kumu, Pajek."""
