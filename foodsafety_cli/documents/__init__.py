"""Word, Excel and web pages as an office makes them: paper, widths, fonts, templates."""
