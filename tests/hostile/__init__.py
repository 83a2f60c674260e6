"""Input by somebody who wants this library to hang, to fall over or to say what is not so."""
