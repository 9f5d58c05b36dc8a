/** Handlers as users of nuclio write them: that they compile is half of the test. */
package samples;
