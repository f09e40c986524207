/**
 * How the audit trail is chained (spec, page audit.md): the portal chains with it, and who has
 * nothing but an export checks with it.
 */
@NullMarked
package org.hikae.audit.wire;

import org.jspecify.annotations.NullMarked;
