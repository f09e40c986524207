/** The agent as it ships, against the running system. */
@NullMarked
package org.hikae.it.agent;

import org.jspecify.annotations.NullMarked;
