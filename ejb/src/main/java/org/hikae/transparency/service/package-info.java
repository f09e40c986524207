/**
 * Adds what was published to the transparency log, in the transaction that publishes it, and signs
 * the log's end. Calls no boundary and no job.
 */
@NullMarked
package org.hikae.transparency.service;

import org.jspecify.annotations.NullMarked;
