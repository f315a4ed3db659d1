/* The clients of one service, row by row.
 * Generated from the core's tables by `make generate`: do not edit. */

#include "../classes.h"
#include "../told.h"

SETTERS(ipay_options) = {
    {"client_id", .text = kessai_ipay_options_set_client_id},
    {"client_secret", .text = kessai_ipay_options_set_client_secret},
    {"token", .text = kessai_ipay_options_set_token},
    {"mode", .text = kessai_ipay_options_set_mode},
    {"base_url", .text = kessai_ipay_options_set_base_url},
    {"token_url", .text = kessai_ipay_options_set_token_url},
    {"timeout", .span = kessai_ipay_options_set_timeout_ms},
    {"max_retries", .whole = kessai_ipay_options_set_max_retries},
    {"rate_limit", .whole = kessai_ipay_options_set_rate_limit},
    {"proxy", .text = kessai_ipay_options_set_proxy},
    {"ca_file", .text = kessai_ipay_options_set_ca_file},
    {.name = NULL},
};

SET(ipay_options)

SETTERS(ipay_call_options) = {
    {"idempotency_key", .text = kessai_ipay_call_options_set_idempotency_key},
    {"first_try_at", .whole = kessai_ipay_call_options_set_first_try_at},
    {"allow_paths", .texts = kessai_ipay_call_options_set_allow_paths},
    {"rate_key", .text = kessai_ipay_call_options_set_rate_key},
    {"timeout", .span = kessai_ipay_call_options_set_timeout_ms},
    {"customer", .text = kessai_ipay_call_options_set_customer},
    {"payment_method", .text = kessai_ipay_call_options_set_payment_method},
    {"confirm", .flag = kessai_ipay_call_options_set_confirm},
    {"description", .text = kessai_ipay_call_options_set_description},
    {"metadata", .json = kessai_ipay_call_options_set_metadata_json},
    {"capture_method", .text = kessai_ipay_call_options_set_capture_method},
    {"statement_descriptor", .text = kessai_ipay_call_options_set_statement_descriptor},
    {"confirmation_token", .flag = kessai_ipay_call_options_set_confirmation_token},
    {"limit", .whole = kessai_ipay_call_options_set_limit},
    {"starting_after", .text = kessai_ipay_call_options_set_starting_after},
    {"amount", .whole = kessai_ipay_call_options_set_amount},
    {"reason", .text = kessai_ipay_call_options_set_reason},
    {"payment", .text = kessai_ipay_call_options_set_payment},
    {"email", .text = kessai_ipay_call_options_set_email},
    {"name", .text = kessai_ipay_call_options_set_name},
    {"phone", .text = kessai_ipay_call_options_set_phone},
    {"token", .text = kessai_ipay_call_options_set_token},
    {"interval", .text = kessai_ipay_call_options_set_interval},
    {"since", .whole = kessai_ipay_call_options_set_since},
    {"until", .whole = kessai_ipay_call_options_set_until},
    {"status", .text = kessai_ipay_call_options_set_status},
    {.name = NULL},
};

SET(ipay_call_options)

static json_t *told_ipay_account(const kessai_ipay_account *of) {
    if (!of) {
        return json_null();
    }
    json_t *told = json_object();
    tell(told, "business_name", told_text(kessai_ipay_account_business_name(of)));
    tell(told, "id", told_text(kessai_ipay_account_id(of)));
    tell(told, "raw", told_text(kessai_ipay_account_raw(of)));
    return told;
}

MODEL(ipay_account)

static json_t *told_ipay_payment(const kessai_ipay_payment *of) {
    if (!of) {
        return json_null();
    }
    json_t *told = json_object();
    int64_t whole;
    tell(told, "id", told_text(kessai_ipay_payment_id(of)));
    tell(told, "status", told_text(kessai_ipay_payment_status(of)));
    tell(told, "amount", told_whole(kessai_ipay_payment_amount(of)));
    tell(told, "currency", told_text(kessai_ipay_payment_currency(of)));
    tell(told, "amount_captured", kessai_ipay_payment_amount_captured(of, &whole)
        ? told_whole(whole) : json_null());
    tell(told, "amount_refunded", kessai_ipay_payment_amount_refunded(of, &whole)
        ? told_whole(whole) : json_null());
    tell(told, "customer", told_text(kessai_ipay_payment_customer(of)));
    tell(told, "payment_method", told_text(kessai_ipay_payment_payment_method(of)));
    tell(told, "description", told_text(kessai_ipay_payment_description(of)));
    tell(told, "metadata", told_json(kessai_ipay_payment_metadata_json(of)));
    tell(told, "capture_method", told_text(kessai_ipay_payment_capture_method(of)));
    tell(told, "statement_descriptor", told_text(kessai_ipay_payment_statement_descriptor(of)));
    tell(told, "client_secret", told_text(kessai_ipay_payment_client_secret(of)));
    tell(told, "next_action", told_json(kessai_ipay_payment_next_action_json(of)));
    tell(told, "failure_code", told_text(kessai_ipay_payment_failure_code(of)));
    tell(told, "failure_message", told_text(kessai_ipay_payment_failure_message(of)));
    tell(told, "created", told_time(kessai_ipay_payment_created(of)));
    tell(told, "replayed", json_boolean(kessai_ipay_payment_replayed(of)));
    tell(told, "result", told_text(kessai_ipay_payment_result(of)));
    tell(told, "order_id", told_text(kessai_ipay_payment_order_id(of)));
    tell(told, "redirect_url", told_text(kessai_ipay_payment_redirect_url(of)));
    const char *class = NULL;
    switch (kessai_ipay_payment_which(of)) {
    case KESSAI_IPAY_PAYMENT_SUCCEEDED:
        class = kessai_ipay_payment_succeeded(of)
            ? "Succeeded" : NULL;
        break;
    case KESSAI_IPAY_PAYMENT_NEEDS_ACTION:
        class = kessai_ipay_payment_needs_action(of)
            ? "NeedsAction" : NULL;
        break;
    case KESSAI_IPAY_PAYMENT_FAILED:
        class = kessai_ipay_payment_failed(of)
            ? "Failed" : NULL;
        break;
    case KESSAI_IPAY_PAYMENT_CANCELED:
        class = kessai_ipay_payment_canceled(of)
            ? "Canceled" : NULL;
        break;
    case KESSAI_IPAY_PAYMENT_PENDING:
        class = kessai_ipay_payment_pending(of)
            ? "Pending" : NULL;
        break;
    default:
        break;
    }
    tell(told, "class", told_text(class));
    tell(told, "raw", told_text(kessai_ipay_payment_raw(of)));
    return told;
}

MODEL(ipay_payment)

static json_t *told_ipay_refund(const kessai_ipay_refund *of) {
    if (!of) {
        return json_null();
    }
    json_t *told = json_object();
    tell(told, "id", told_text(kessai_ipay_refund_id(of)));
    tell(told, "status", told_text(kessai_ipay_refund_status(of)));
    tell(told, "amount", told_whole(kessai_ipay_refund_amount(of)));
    tell(told, "currency", told_text(kessai_ipay_refund_currency(of)));
    tell(told, "payment", told_text(kessai_ipay_refund_payment(of)));
    tell(told, "reason", told_text(kessai_ipay_refund_reason(of)));
    tell(told, "metadata", told_json(kessai_ipay_refund_metadata_json(of)));
    tell(told, "created", told_time(kessai_ipay_refund_created(of)));
    tell(told, "replayed", json_boolean(kessai_ipay_refund_replayed(of)));
    tell(told, "raw", told_text(kessai_ipay_refund_raw(of)));
    return told;
}

MODEL(ipay_refund)

static json_t *told_ipay_customer(const kessai_ipay_customer *of) {
    if (!of) {
        return json_null();
    }
    json_t *told = json_object();
    tell(told, "id", told_text(kessai_ipay_customer_id(of)));
    tell(told, "email", told_text(kessai_ipay_customer_email(of)));
    tell(told, "name", told_text(kessai_ipay_customer_name(of)));
    tell(told, "phone", told_text(kessai_ipay_customer_phone(of)));
    tell(told, "metadata", told_json(kessai_ipay_customer_metadata_json(of)));
    tell(told, "created", told_time(kessai_ipay_customer_created(of)));
    tell(told, "deleted", told_answer(kessai_ipay_customer_deleted(of),
        kessai_ipay_customer_deleted_known(of)));
    tell(told, "replayed", json_boolean(kessai_ipay_customer_replayed(of)));
    tell(told, "raw", told_text(kessai_ipay_customer_raw(of)));
    return told;
}

MODEL(ipay_customer)

static json_t *told_ipay_card(const kessai_ipay_card *of) {
    if (!of) {
        return json_null();
    }
    json_t *told = json_object();
    tell(told, "brand", told_text(kessai_ipay_card_brand(of)));
    tell(told, "last4", told_text(kessai_ipay_card_last4(of)));
    tell(told, "exp_month", told_whole(kessai_ipay_card_exp_month(of)));
    tell(told, "exp_year", told_whole(kessai_ipay_card_exp_year(of)));
    tell(told, "raw", told_text(kessai_ipay_card_raw(of)));
    return told;
}

MODEL(ipay_card)

static json_t *told_ipay_payment_method(const kessai_ipay_payment_method *of) {
    if (!of) {
        return json_null();
    }
    json_t *told = json_object();
    tell(told, "id", told_text(kessai_ipay_payment_method_id(of)));
    tell(told, "type", told_text(kessai_ipay_payment_method_type(of)));
    tell(told, "customer", told_text(kessai_ipay_payment_method_customer(of)));
    tell(told, "card", told_ipay_card(kessai_ipay_payment_method_card(of)));
    tell(told, "created", told_time(kessai_ipay_payment_method_created(of)));
    tell(told, "replayed", json_boolean(kessai_ipay_payment_method_replayed(of)));
    tell(told, "raw", told_text(kessai_ipay_payment_method_raw(of)));
    return told;
}

MODEL(ipay_payment_method)

static json_t *told_ipay_token(const kessai_ipay_token *of) {
    if (!of) {
        return json_null();
    }
    json_t *told = json_object();
    tell(told, "id", told_text(kessai_ipay_token_id(of)));
    tell(told, "card", told_ipay_card(kessai_ipay_token_card(of)));
    tell(told, "created", told_time(kessai_ipay_token_created(of)));
    tell(told, "raw", told_text(kessai_ipay_token_raw(of)));
    return told;
}

MODEL(ipay_token)

static json_t *told_ipay_subscription(const kessai_ipay_subscription *of) {
    if (!of) {
        return json_null();
    }
    json_t *told = json_object();
    int64_t whole;
    tell(told, "id", told_text(kessai_ipay_subscription_id(of)));
    tell(told, "status", told_text(kessai_ipay_subscription_status(of)));
    tell(told, "customer", told_text(kessai_ipay_subscription_customer(of)));
    tell(told, "payment_method", told_text(kessai_ipay_subscription_payment_method(of)));
    tell(told, "amount", kessai_ipay_subscription_amount(of, &whole)
        ? told_whole(whole) : json_null());
    tell(told, "currency", told_text(kessai_ipay_subscription_currency(of)));
    tell(told, "interval", told_text(kessai_ipay_subscription_interval(of)));
    tell(told, "current_period_end", told_time(kessai_ipay_subscription_current_period_end(of)));
    tell(told, "metadata", told_json(kessai_ipay_subscription_metadata_json(of)));
    tell(told, "created", told_time(kessai_ipay_subscription_created(of)));
    tell(told, "replayed", json_boolean(kessai_ipay_subscription_replayed(of)));
    tell(told, "raw", told_text(kessai_ipay_subscription_raw(of)));
    return told;
}

MODEL(ipay_subscription)

static json_t *told_ipay_transaction(const kessai_ipay_transaction *of) {
    if (!of) {
        return json_null();
    }
    json_t *told = json_object();
    tell(told, "id", told_text(kessai_ipay_transaction_id(of)));
    tell(told, "type", told_text(kessai_ipay_transaction_type(of)));
    tell(told, "amount", told_whole(kessai_ipay_transaction_amount(of)));
    tell(told, "currency", told_text(kessai_ipay_transaction_currency(of)));
    tell(told, "payment", told_text(kessai_ipay_transaction_payment(of)));
    tell(told, "refund", told_text(kessai_ipay_transaction_refund(of)));
    tell(told, "created", told_time(kessai_ipay_transaction_created(of)));
    tell(told, "raw", told_text(kessai_ipay_transaction_raw(of)));
    return told;
}

MODEL(ipay_transaction)

static json_t *told_ipay_event(const kessai_ipay_event *of) {
    if (!of) {
        return json_null();
    }
    json_t *told = json_object();
    tell(told, "id", told_text(kessai_ipay_event_id(of)));
    tell(told, "type", told_text(kessai_ipay_event_type(of)));
    tell(told, "created", told_time(kessai_ipay_event_created(of)));
    tell(told, "key", told_text(kessai_ipay_event_key(of)));
    tell(told, "secret_index", told_whole(kessai_ipay_event_secret_index(of)));
    tell(told, "data", told_json(kessai_ipay_event_data_json(of)));
    tell(told, "payment", told_ipay_payment(kessai_ipay_event_payment(of)));
    tell(told, "customer", told_ipay_customer(kessai_ipay_event_customer(of)));
    tell(told, "subscription", told_ipay_subscription(kessai_ipay_event_subscription(of)));
    const char *class = NULL;
    switch (kessai_ipay_event_which(of)) {
    case KESSAI_IPAY_EVENT_PAYMENT_SUCCEEDED:
        class = kessai_ipay_event_payment_succeeded(of)
            ? "PaymentSucceeded" : NULL;
        break;
    case KESSAI_IPAY_EVENT_PAYMENT_FAILED:
        class = kessai_ipay_event_payment_failed(of)
            ? "PaymentFailed" : NULL;
        break;
    case KESSAI_IPAY_EVENT_PAYMENT_REFUNDED:
        class = kessai_ipay_event_payment_refunded(of)
            ? "PaymentRefunded" : NULL;
        break;
    case KESSAI_IPAY_EVENT_PAYMENT_DISPUTED:
        class = kessai_ipay_event_payment_disputed(of)
            ? "PaymentDisputed" : NULL;
        break;
    case KESSAI_IPAY_EVENT_CUSTOMER_CREATED:
        class = kessai_ipay_event_customer_created(of)
            ? "CustomerCreated" : NULL;
        break;
    case KESSAI_IPAY_EVENT_CUSTOMER_SUBSCRIPTION_UPDATED:
        class = kessai_ipay_event_customer_subscription_updated(of)
            ? "CustomerSubscriptionUpdated" : NULL;
        break;
    case KESSAI_IPAY_EVENT_UNKNOWN_EVENT:
        class = kessai_ipay_event_unknown_event(of)
            ? "UnknownEvent" : NULL;
        break;
    default:
        break;
    }
    tell(told, "class", told_text(class));
    tell(told, "raw", told_text(kessai_ipay_event_raw(of)));
    return told;
}

MODEL(ipay_event)

static int32_t ipay_client_get_account(call *call) {
    kessai_ipay_account *account = NULL;
    int32_t number =
        kessai_ipay_client_get_account(
            call->client,
            call->options,
            &account,
            call->error);
    give_model(call, &ipay_account, account);
    return number;
}

static int32_t ipay_client_create_payment(call *call) {
    kessai_ipay_payment *payment = NULL;
    int32_t number =
        kessai_ipay_client_create_payment(
            call->client,
            whole(call, "amount"),
            text(call, "currency"),
            call->options,
            &payment,
            call->error);
    give_model(call, &ipay_payment, payment);
    return number;
}

static int32_t ipay_client_get_payment(call *call) {
    kessai_ipay_payment *payment = NULL;
    int32_t number =
        kessai_ipay_client_get_payment(
            call->client,
            text(call, "payment_id"),
            call->options,
            &payment,
            call->error);
    give_model(call, &ipay_payment, payment);
    return number;
}

static int32_t ipay_client_list_payments(call *call) {
    int32_t number;
    bool more;
    begin_walk(call);
    do {
        kessai_ipay_payments *page = NULL;
        number =
            kessai_ipay_client_list_payments(
            call->client,
            call->options,
            &page,
            call->error);
        for (size_t i = 0; i < kessai_ipay_payments_count(page); i++) {
            walk(call, told_ipay_payment(kessai_ipay_payments_at(page, i)));
        }
        more = walks_on(call) && kessai_ipay_payments_next(page);
        if (more) {
            kessai_ipay_call_options_set_starting_after(call->options,
                                                kessai_ipay_payments_next(page));
        }
        kessai_ipay_payments_free(page);
    } while (more);
    return number;
}

static int32_t ipay_client_confirm_payment(call *call) {
    kessai_ipay_payment *payment = NULL;
    int32_t number =
        kessai_ipay_client_confirm_payment(
            call->client,
            text(call, "payment_id"),
            call->options,
            &payment,
            call->error);
    give_model(call, &ipay_payment, payment);
    return number;
}

static int32_t ipay_client_capture_payment(call *call) {
    kessai_ipay_payment *payment = NULL;
    int32_t number =
        kessai_ipay_client_capture_payment(
            call->client,
            text(call, "payment_id"),
            call->options,
            &payment,
            call->error);
    give_model(call, &ipay_payment, payment);
    return number;
}

static int32_t ipay_client_cancel_payment(call *call) {
    kessai_ipay_payment *payment = NULL;
    int32_t number =
        kessai_ipay_client_cancel_payment(
            call->client,
            text(call, "payment_id"),
            call->options,
            &payment,
            call->error);
    give_model(call, &ipay_payment, payment);
    return number;
}

static int32_t ipay_client_create_refund(call *call) {
    kessai_ipay_refund *refund = NULL;
    int32_t number =
        kessai_ipay_client_create_refund(
            call->client,
            text(call, "payment"),
            call->options,
            &refund,
            call->error);
    give_model(call, &ipay_refund, refund);
    return number;
}

static int32_t ipay_client_get_refund(call *call) {
    kessai_ipay_refund *refund = NULL;
    int32_t number =
        kessai_ipay_client_get_refund(
            call->client,
            text(call, "refund_id"),
            call->options,
            &refund,
            call->error);
    give_model(call, &ipay_refund, refund);
    return number;
}

static int32_t ipay_client_list_refunds(call *call) {
    int32_t number;
    bool more;
    begin_walk(call);
    do {
        kessai_ipay_refunds *page = NULL;
        number =
            kessai_ipay_client_list_refunds(
            call->client,
            call->options,
            &page,
            call->error);
        for (size_t i = 0; i < kessai_ipay_refunds_count(page); i++) {
            walk(call, told_ipay_refund(kessai_ipay_refunds_at(page, i)));
        }
        more = walks_on(call) && kessai_ipay_refunds_next(page);
        if (more) {
            kessai_ipay_call_options_set_starting_after(call->options,
                                                kessai_ipay_refunds_next(page));
        }
        kessai_ipay_refunds_free(page);
    } while (more);
    return number;
}

static int32_t ipay_client_create_customer(call *call) {
    kessai_ipay_customer *customer = NULL;
    int32_t number =
        kessai_ipay_client_create_customer(
            call->client,
            call->options,
            &customer,
            call->error);
    give_model(call, &ipay_customer, customer);
    return number;
}

static int32_t ipay_client_get_customer(call *call) {
    kessai_ipay_customer *customer = NULL;
    int32_t number =
        kessai_ipay_client_get_customer(
            call->client,
            text(call, "customer_id"),
            call->options,
            &customer,
            call->error);
    give_model(call, &ipay_customer, customer);
    return number;
}

static int32_t ipay_client_update_customer(call *call) {
    kessai_ipay_customer *customer = NULL;
    int32_t number =
        kessai_ipay_client_update_customer(
            call->client,
            text(call, "customer_id"),
            call->options,
            &customer,
            call->error);
    give_model(call, &ipay_customer, customer);
    return number;
}

static int32_t ipay_client_delete_customer(call *call) {
    kessai_ipay_customer *customer = NULL;
    int32_t number =
        kessai_ipay_client_delete_customer(
            call->client,
            text(call, "customer_id"),
            call->options,
            &customer,
            call->error);
    give_model(call, &ipay_customer, customer);
    return number;
}

static int32_t ipay_client_list_customers(call *call) {
    int32_t number;
    bool more;
    begin_walk(call);
    do {
        kessai_ipay_customers *page = NULL;
        number =
            kessai_ipay_client_list_customers(
            call->client,
            call->options,
            &page,
            call->error);
        for (size_t i = 0; i < kessai_ipay_customers_count(page); i++) {
            walk(call, told_ipay_customer(kessai_ipay_customers_at(page, i)));
        }
        more = walks_on(call) && kessai_ipay_customers_next(page);
        if (more) {
            kessai_ipay_call_options_set_starting_after(call->options,
                                                kessai_ipay_customers_next(page));
        }
        kessai_ipay_customers_free(page);
    } while (more);
    return number;
}

static int32_t ipay_client_list_payment_methods(call *call) {
    int32_t number;
    bool more;
    begin_walk(call);
    do {
        kessai_ipay_payment_methods *page = NULL;
        number =
            kessai_ipay_client_list_payment_methods(
            call->client,
            text(call, "customer_id"),
            call->options,
            &page,
            call->error);
        for (size_t i = 0; i < kessai_ipay_payment_methods_count(page); i++) {
            walk(call, told_ipay_payment_method(kessai_ipay_payment_methods_at(page, i)));
        }
        more = walks_on(call) && kessai_ipay_payment_methods_next(page);
        if (more) {
            kessai_ipay_call_options_set_starting_after(call->options,
                                                kessai_ipay_payment_methods_next(page));
        }
        kessai_ipay_payment_methods_free(page);
    } while (more);
    return number;
}

static int32_t ipay_client_create_payment_method(call *call) {
    kessai_ipay_payment_method *payment_method = NULL;
    int32_t number =
        kessai_ipay_client_create_payment_method(
            call->client,
            text(call, "type"),
            call->options,
            &payment_method,
            call->error);
    give_model(call, &ipay_payment_method, payment_method);
    return number;
}

static int32_t ipay_client_attach_payment_method(call *call) {
    kessai_ipay_payment_method *payment_method = NULL;
    int32_t number =
        kessai_ipay_client_attach_payment_method(
            call->client,
            text(call, "payment_method_id"),
            text(call, "customer"),
            call->options,
            &payment_method,
            call->error);
    give_model(call, &ipay_payment_method, payment_method);
    return number;
}

static int32_t ipay_client_detach_payment_method(call *call) {
    kessai_ipay_payment_method *payment_method = NULL;
    int32_t number =
        kessai_ipay_client_detach_payment_method(
            call->client,
            text(call, "payment_method_id"),
            call->options,
            &payment_method,
            call->error);
    give_model(call, &ipay_payment_method, payment_method);
    return number;
}

static int32_t ipay_client_create_subscription(call *call) {
    kessai_ipay_subscription *subscription = NULL;
    int32_t number =
        kessai_ipay_client_create_subscription(
            call->client,
            text(call, "customer"),
            text(call, "payment_method"),
            whole(call, "amount"),
            text(call, "currency"),
            text(call, "interval"),
            call->options,
            &subscription,
            call->error);
    give_model(call, &ipay_subscription, subscription);
    return number;
}

static int32_t ipay_client_get_subscription(call *call) {
    kessai_ipay_subscription *subscription = NULL;
    int32_t number =
        kessai_ipay_client_get_subscription(
            call->client,
            text(call, "subscription_id"),
            call->options,
            &subscription,
            call->error);
    give_model(call, &ipay_subscription, subscription);
    return number;
}

static int32_t ipay_client_update_subscription(call *call) {
    kessai_ipay_subscription *subscription = NULL;
    int32_t number =
        kessai_ipay_client_update_subscription(
            call->client,
            text(call, "subscription_id"),
            call->options,
            &subscription,
            call->error);
    give_model(call, &ipay_subscription, subscription);
    return number;
}

static int32_t ipay_client_cancel_subscription(call *call) {
    kessai_ipay_subscription *subscription = NULL;
    int32_t number =
        kessai_ipay_client_cancel_subscription(
            call->client,
            text(call, "subscription_id"),
            call->options,
            &subscription,
            call->error);
    give_model(call, &ipay_subscription, subscription);
    return number;
}

static int32_t ipay_client_list_subscriptions(call *call) {
    int32_t number;
    bool more;
    begin_walk(call);
    do {
        kessai_ipay_subscriptions *page = NULL;
        number =
            kessai_ipay_client_list_subscriptions(
            call->client,
            call->options,
            &page,
            call->error);
        for (size_t i = 0; i < kessai_ipay_subscriptions_count(page); i++) {
            walk(call, told_ipay_subscription(kessai_ipay_subscriptions_at(page, i)));
        }
        more = walks_on(call) && kessai_ipay_subscriptions_next(page);
        if (more) {
            kessai_ipay_call_options_set_starting_after(call->options,
                                                kessai_ipay_subscriptions_next(page));
        }
        kessai_ipay_subscriptions_free(page);
    } while (more);
    return number;
}

static int32_t ipay_client_list_transactions(call *call) {
    int32_t number;
    bool more;
    begin_walk(call);
    do {
        kessai_ipay_transactions *page = NULL;
        number =
            kessai_ipay_client_list_transactions(
            call->client,
            call->options,
            &page,
            call->error);
        for (size_t i = 0; i < kessai_ipay_transactions_count(page); i++) {
            walk(call, told_ipay_transaction(kessai_ipay_transactions_at(page, i)));
        }
        more = walks_on(call) && kessai_ipay_transactions_next(page);
        if (more) {
            kessai_ipay_call_options_set_starting_after(call->options,
                                                kessai_ipay_transactions_next(page));
        }
        kessai_ipay_transactions_free(page);
    } while (more);
    return number;
}

static int32_t ipay_client_request(call *call) {
    kessai_text *given = NULL;
    int32_t number =
        kessai_ipay_client_request(
            call->client,
            text(call, "method"),
            text(call, "path"),
            json(call, "body"),
            call->options,
            &given,
            call->error);
    give_json(call, given);
    return number;
}

static int32_t ipay_client_confirm(call *call) {
    kessai_ipay_payment *payment = NULL;
    int32_t number =
        kessai_ipay_client_confirm(
            call->client,
            event(call),
            text(call, "order_id"),
            whole(call, "amount"),
            text(call, "currency"),
            call->options,
            &payment,
            call->error);
    give_model(call, &ipay_payment, payment);
    return number;
}

static int32_t ipay_client_resume_payment(call *call) {
    kessai_ipay_payment *payment = NULL;
    int32_t number =
        kessai_ipay_client_resume_payment(
            call->client,
            text(call, "handle"),
            call->options,
            &payment,
            call->error);
    give_model(call, &ipay_payment, payment);
    return number;
}

static int32_t ipay_client_resume_refund(call *call) {
    kessai_ipay_refund *refund = NULL;
    int32_t number =
        kessai_ipay_client_resume_refund(
            call->client,
            text(call, "handle"),
            call->options,
            &refund,
            call->error);
    give_model(call, &ipay_refund, refund);
    return number;
}

static const row IPAY_CLIENT[] = {
    {"get_account", ipay_client_get_account, "", WITH_OPTIONS},
    {"create_payment", ipay_client_create_payment, " amount currency", WITH_OPTIONS},
    {"get_payment", ipay_client_get_payment, " payment_id", WITH_OPTIONS},
    {"list_payments", ipay_client_list_payments, "", WITH_OPTIONS},
    {"confirm_payment", ipay_client_confirm_payment, " payment_id", WITH_OPTIONS},
    {"capture_payment", ipay_client_capture_payment, " payment_id", WITH_OPTIONS},
    {"cancel_payment", ipay_client_cancel_payment, " payment_id", WITH_OPTIONS},
    {"create_refund", ipay_client_create_refund, " payment", WITH_OPTIONS},
    {"get_refund", ipay_client_get_refund, " refund_id", WITH_OPTIONS},
    {"list_refunds", ipay_client_list_refunds, "", WITH_OPTIONS},
    {"create_customer", ipay_client_create_customer, "", WITH_OPTIONS},
    {"get_customer", ipay_client_get_customer, " customer_id", WITH_OPTIONS},
    {"update_customer", ipay_client_update_customer, " customer_id", WITH_OPTIONS},
    {"delete_customer", ipay_client_delete_customer, " customer_id", WITH_OPTIONS},
    {"list_customers", ipay_client_list_customers, "", WITH_OPTIONS},
    {"list_payment_methods", ipay_client_list_payment_methods, " customer_id", WITH_OPTIONS},
    {"create_payment_method", ipay_client_create_payment_method, " type", WITH_OPTIONS},
    {"attach_payment_method", ipay_client_attach_payment_method, " payment_method_id customer", WITH_OPTIONS},
    {"detach_payment_method", ipay_client_detach_payment_method, " payment_method_id", WITH_OPTIONS},
    {"create_subscription", ipay_client_create_subscription, " customer payment_method amount currency interval", WITH_OPTIONS},
    {"get_subscription", ipay_client_get_subscription, " subscription_id", WITH_OPTIONS},
    {"update_subscription", ipay_client_update_subscription, " subscription_id", WITH_OPTIONS},
    {"cancel_subscription", ipay_client_cancel_subscription, " subscription_id", WITH_OPTIONS},
    {"list_subscriptions", ipay_client_list_subscriptions, "", WITH_OPTIONS},
    {"list_transactions", ipay_client_list_transactions, "", WITH_OPTIONS},
    {"request", ipay_client_request, " method path body body_text", WITH_OPTIONS},
    {"confirm", ipay_client_confirm, " order_id amount currency", WITH_OPTIONS},
    {"resume_payment", ipay_client_resume_payment, " handle", WITH_OPTIONS},
    {"resume_refund", ipay_client_resume_refund, " handle", WITH_OPTIONS},
    {NULL, NULL, NULL, ALONE},
};

static int32_t build_ipay_client(const caller *caller, const json_t *given,
    void **client, kessai_error **error, char **why) {
    kessai_ipay_options *options = kessai_ipay_options_new();
    kessai_ipay_client *made = NULL;
    kessai_ipay_options_set_on_event(options, hear, caller->events);
    set_each(set_ipay_options, options, given, " key secret token_source", why);
    json_t *source = json_object_get(caller->account, "token_source");
    kessai_ipay_options_set_token_source(
        options, source ? jwt_source : NULL, source);
    int32_t number = kessai_ipay_client_new(
        given_text(given, "key"), given_text(given, "secret"), options, &made, error);
    kessai_ipay_options_free(options);
    *client = made;
    return number;
}

CLASS(ipay_client, ipay, IPAY_CLIENT)

static int32_t ipay_publishable_client_create_token(call *call) {
    kessai_ipay_token *token = NULL;
    int32_t number =
        kessai_ipay_publishable_client_create_token(
            call->client,
            text(call, "number"),
            whole(call, "exp_month"),
            whole(call, "exp_year"),
            text(call, "cvc"),
            call->options,
            &token,
            call->error);
    give_model(call, &ipay_token, token);
    return number;
}

static const row IPAY_PUBLISHABLE_CLIENT[] = {
    {"create_token", ipay_publishable_client_create_token, " number exp_month exp_year cvc", WITH_OPTIONS},
    {NULL, NULL, NULL, ALONE},
};

static int32_t build_ipay_publishable_client(const caller *caller, const json_t *given,
    void **client, kessai_error **error, char **why) {
    kessai_ipay_options *options = kessai_ipay_options_new();
    kessai_ipay_publishable_client *made = NULL;
    kessai_ipay_options_set_on_event(options, hear, caller->events);
    set_each(set_ipay_options, options, given, " publishable_key", why);
    int32_t number = kessai_ipay_publishable_client_new(
        given_text(given, "publishable_key"), options, &made, error);
    kessai_ipay_options_free(options);
    *client = made;
    return number;
}

CLASS(ipay_publishable_client, ipay, IPAY_PUBLISHABLE_CLIENT)
