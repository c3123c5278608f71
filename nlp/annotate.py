"""The stages of annotation, in order: engine, entities, positions, meetings, quotes, topics."""
