"""What ends a story early."""


class SurpriseError(Exception):
    """Something did not go as the story says."""


def check(fine: bool, problem: str) -> None:
    """Stop the story at a surprise."""
    if not fine:
        raise SurpriseError(problem)
