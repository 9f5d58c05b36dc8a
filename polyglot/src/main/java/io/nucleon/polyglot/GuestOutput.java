package io.nucleon.polyglot;

import java.io.OutputStream;

/** Where a context's standard output and error go. */
record GuestOutput(OutputStream out, OutputStream err) {}
