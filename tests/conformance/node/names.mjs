// Names are spelled in the data as in Rust and Python.

/** `order_number` as `orderNumber`. */
export const camel = (name) => name.replace(/_([a-z])/g, (_, letter) => letter.toUpperCase());

/** `orderNumber` as `order_number`. */
export const snake = (name) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
