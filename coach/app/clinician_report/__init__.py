"""What stands on the page for a clinician: sessions in, words out, no files and no clock."""
