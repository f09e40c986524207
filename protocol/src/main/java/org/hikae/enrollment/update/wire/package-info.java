/**
 * Updates of the agent that people have signed (spec, page updates.md): which keys count, which
 * packages are the newest, and until when both hold. Agent, portal and the tool of the signers use
 * the same; nothing here stores, fetches or installs.
 */
@NullMarked
package org.hikae.enrollment.update.wire;

import org.jspecify.annotations.NullMarked;
