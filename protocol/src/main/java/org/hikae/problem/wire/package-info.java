/**
 * How the portal says no: RFC 9457 problem JSON with a stable code, the same list for server and
 * agent.
 */
@NullMarked
package org.hikae.problem.wire;

import org.jspecify.annotations.NullMarked;
