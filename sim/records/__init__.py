"""What happened in a run, as flat columns of whole numbers: who, where, arrived, started, left."""
