"""What a browser makes of the diagrams and pages: Chromium itself, driven by Playwright, without a network."""
