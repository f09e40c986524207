/** Reads and writes requests for approval. Knows no use case. */
@NullMarked
package org.hikae.approval.store;

import org.jspecify.annotations.NullMarked;
