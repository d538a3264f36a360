"""The command line."""


def main() -> None:
    """Run the `corridor` command."""
    from sim.cli.app import app

    app()
