'use strict';

// Generated from the core's tables by `make generate`: do not edit.

// The clients of `kessai.ipay`: what their methods take and give, `ipay-client.d.ts` tells.

const { BaseClient, invoke } = require('./client.js');
const { readerOf } = require('./model.js');
const { Paged, asIs, each, listed, page, resumed } = require('./read.js');
const models = require('./ipay-models.js');

const account = readerOf(models.Account);
const customer = readerOf(models.Customer);
const payment = readerOf(models.AnyPayment);
const paymentMethod = readerOf(models.PaymentMethod);
const refund = readerOf(models.Refund);
const subscription = readerOf(models.Subscription);
const token = readerOf(models.Token);
const transaction = readerOf(models.Transaction);

/** Calls iPay for one account: from the shop's server. */
class Client extends BaseClient {
  constructor(options, from) {
    super('ipay', 'Client', options, from);
  }

  /** Tell whose account it is (`GET /account`). */
  getAccount(options) {
    return this[invoke]('get_account', [], options, account);
  }

  /** Make a payment (`POST /payments`). */
  createPayment(options) {
    return this[invoke]('create_payment', [], options, payment);
  }

  /** Read a payment (`GET /payments/{id}`, *Usual*). */
  getPayment(paymentId, options) {
    return this[invoke]('get_payment', [paymentId], options, payment);
  }

  /** Go through the payments, newest first (`GET /payments`, *Usual*). */
  listPayments(options) {
    return new Paged((more) => this[invoke]('list_payments', [], more, page(payment)), options);
  }

  /** Confirm a payment: it is paid, or declined (`POST /payments/{id}/confirm`, *Usual*). */
  confirmPayment(paymentId, options) {
    return this[invoke]('confirm_payment', [paymentId], options, payment);
  }

  /** Take money that is reserved (`POST /payments/{id}/capture`, *Usual*). */
  capturePayment(paymentId, options) {
    return this[invoke]('capture_payment', [paymentId], options, payment);
  }

  /** Take a payment back before it is paid (`POST /payments/{id}/cancel`, *Usual*). */
  cancelPayment(paymentId, options) {
    return this[invoke]('cancel_payment', [paymentId], options, payment);
  }

  /** Give money back, all of it or part (`POST /refunds`). */
  createRefund(options) {
    return this[invoke]('create_refund', [], options, refund);
  }

  /** Read a refund (`GET /refunds/{id}`, *Usual*). */
  getRefund(refundId, options) {
    return this[invoke]('get_refund', [refundId], options, refund);
  }

  /** Go through refunds, newest first (`GET /refunds`, *Usual*). */
  listRefunds(options) {
    return new Paged((more) => this[invoke]('list_refunds', [], more, page(refund)), options);
  }

  /** Make a customer (`POST /customers`). */
  createCustomer(options) {
    return this[invoke]('create_customer', [], options, customer);
  }

  /** Read a customer (`GET /customers/{id}`, *Usual*). */
  getCustomer(customerId, options) {
    return this[invoke]('get_customer', [customerId], options, customer);
  }

  /** Change a customer: what is not given stays (`POST /customers/{id}`, *Usual*). */
  updateCustomer(customerId, options) {
    return this[invoke]('update_customer', [customerId], options, customer);
  }

  /** Delete a customer (`DELETE /customers/{id}`, *Usual*). */
  deleteCustomer(customerId, options) {
    return this[invoke]('delete_customer', [customerId], options, customer);
  }

  /** Go through the customers, newest first (`GET /customers`, *Usual*). */
  listCustomers(options) {
    return new Paged((more) => this[invoke]('list_customers', [], more, page(customer)), options);
  }

  /** Go through what a customer can pay with (`GET /customers/{id}/payment_methods`). */
  listPaymentMethods(customerId, options) {
    return new Paged((more) => this[invoke]('list_payment_methods', [customerId], more, page(paymentMethod)), options);
  }

  /** Keep something to pay with (`POST /payment_methods`). */
  createPaymentMethod(options) {
    return this[invoke]('create_payment_method', [], options, paymentMethod);
  }

  /** Give a payment method to a customer (`POST /payment_methods/{id}/attach`). */
  attachPaymentMethod(paymentMethodId, options) {
    return this[invoke]('attach_payment_method', [paymentMethodId], options, paymentMethod);
  }

  /**
   * Take a payment method from its customer (`POST /payment_methods/{id}/detach`, *Usual*).
   */
  detachPaymentMethod(paymentMethodId, options) {
    return this[invoke]('detach_payment_method', [paymentMethodId], options, paymentMethod);
  }

  /** Begin a subscription (`POST /subscriptions`, *Usual*). */
  createSubscription(options) {
    return this[invoke]('create_subscription', [], options, subscription);
  }

  /** Read a subscription (`GET /subscriptions/{id}`, *Usual*). */
  getSubscription(subscriptionId, options) {
    return this[invoke]('get_subscription', [subscriptionId], options, subscription);
  }

  /** Change a subscription: what is not given stays (`POST /subscriptions/{id}`, *Usual*). */
  updateSubscription(subscriptionId, options) {
    return this[invoke]('update_subscription', [subscriptionId], options, subscription);
  }

  /** End a subscription (`DELETE /subscriptions/{id}`, *Usual*). */
  cancelSubscription(subscriptionId, options) {
    return this[invoke]('cancel_subscription', [subscriptionId], options, subscription);
  }

  /** Go through the subscriptions, newest first (`GET /subscriptions`, *Usual*). */
  listSubscriptions(options) {
    return new Paged((more) => this[invoke]('list_subscriptions', [], more, page(subscription)), options);
  }

  /**
   * Go through the account's history, newest first, for reconciliation (`GET /transactions`,
   * *Usual*).
   */
  listTransactions(options) {
    return new Paged((more) => this[invoke]('list_transactions', [], more, page(transaction)), options);
  }

  /** Call any endpoint, present or future, and give its answer as JSON. */
  request(method, path, body, options) {
    return this[invoke]('request', [method, path, body], options, asIs);
  }

  /**
   * Read the payment that a verified event is about, and give it once it fits what the shop
   * expects.
   */
  confirm(event, options) {
    return this[invoke]('confirm', [event], options, payment);
  }

  /** Find out what became of a payment's call whose outcome was unknown. */
  resumePayment(handle, options) {
    return this[invoke]('resume_payment', [handle], options, payment);
  }

  /** Find out what became of a refund whose outcome was unknown: see `resumePayment`. */
  resumeRefund(handle, options) {
    return this[invoke]('resume_refund', [handle], options, refund);
  }
}

/** Makes tokens of cards with the publishable key, and can do nothing else. */
class PublishableClient extends BaseClient {
  constructor(options, from) {
    super('ipay', 'PublishableClient', options, from);
  }

  /** Make a token of a card (`POST /tokens`). */
  createToken(options) {
    return this[invoke]('create_token', [], options, token);
  }
}

module.exports = { Client, PublishableClient };
