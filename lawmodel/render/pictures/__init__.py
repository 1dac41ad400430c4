"""Pictures: time lines and ladders as drawings (SVG), and what they show as lists."""
