"""Who runs where: one actor per interview, per participant stream and per modality."""
