package io.nucleon.polyglot;

import org.graalvm.polyglot.Context;

/** A context and what it was made with. */
record GuestSite(GuestSetting setting, Context context, ConfinedFiles files, GuestOutput output) {}
