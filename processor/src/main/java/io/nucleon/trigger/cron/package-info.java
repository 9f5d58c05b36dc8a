/**
 * Events by the clock. Built in.
 *
 * <p>Read {@link io.nucleon.trigger.cron.CronTrigger}; {@link io.nucleon.trigger.cron.CronSchedule} knows the calendar.
 */
package io.nucleon.trigger.cron;
