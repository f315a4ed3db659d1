"""What no type checker lets pass: a payment that waits for its customer is shipped."""

from kessai import ipay


def ship(paid: ipay.Succeeded) -> str:
    """Send the goods of an order that is paid."""
    return f"on its way, paid by {paid.id}"


def go_on(payment: ipay.Payment) -> str:
    """Tell the customer how it goes on."""
    match payment:
        case ipay.Succeeded():
            return ship(payment)
        case ipay.NeedsAction():
            return ship(payment)  # the mistake
        case ipay.Failed() | ipay.Canceled():
            return "another card, please"
        case ipay.Pending():
            return "one moment, please"
