"""The numbers: from records and a network to one long table. Nothing here simulates."""
