/**
 * The agent as it ships, started as a process with a home of its own, against the running system:
 * what an employee does, and what goes wrong for an employee.
 */
@NullMarked
package org.hikae.it.agent;

import org.jspecify.annotations.NullMarked;
