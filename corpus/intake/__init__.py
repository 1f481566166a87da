"""Files and folders into the store."""
