/**
 * Records events in their transaction, chains, seals and verifies them, and writes them in the
 * formats of an export. Calls no boundary and no job.
 */
@NullMarked
package org.hikae.audit.service;

import org.jspecify.annotations.NullMarked;
