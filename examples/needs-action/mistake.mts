// What does not type-check: a payment that waits for its customer is shipped.

import type { ipay } from 'kessai';

function ship(paid: ipay.Succeeded): string {
  return `on its way, paid by ${paid.id}`;
}

export function goOn(payment: ipay.Payment): string {
  switch (payment.result) {
    case 'succeeded':
      return ship(payment);
    case 'needs_action':
      return ship(payment); // the mistake
    case 'failed':
    case 'canceled':
      return 'another card, please';
    case 'pending':
      return 'one moment, please';
  }
}
