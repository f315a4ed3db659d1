// What is meant to be written, by require.

import kessai = require('kessai');
import { zaif, type Code } from 'kessai';
import testing = require('kessai/testing');

const client: zaif.Client = new kessai.zaif.Client({ key: 'k', secret: 's' });
const code: Code = 'a.code_of_next_year';
const made: Promise<kessai.zaif.Invoice> = client.createInvoice({ currency: 'btc', amount: 1 });
const error: kessai.KessaiError = new kessai.InputError('no', { code });
export = { made, error, sandbox: new testing.Sandbox() };
