"""Charts painted by ourselves: one painter for the screen and for print."""
