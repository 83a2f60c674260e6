"""Views: a timeline or a pathway as text for people. `sentences` writes the words, the others lay them out."""
