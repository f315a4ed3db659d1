"""Builds what is shipped; `scripts/dist` says in which order."""
