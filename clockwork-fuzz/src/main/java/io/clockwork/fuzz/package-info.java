/** One class for each decoder: what a fuzzer feeds it, and what must hold whatever that was. */
package io.clockwork.fuzz;
