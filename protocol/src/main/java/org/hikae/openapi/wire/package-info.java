/** Names of the OpenAPI document that differ from the code's. Knows nothing else of Hikae. */
@NullMarked
package org.hikae.openapi.wire;

import org.jspecify.annotations.NullMarked;
