"""The way of the schema: Alembic's environment and one file for each step, in `versions`."""
