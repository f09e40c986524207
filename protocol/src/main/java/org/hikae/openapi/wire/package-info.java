/** What the OpenAPI document says otherwise than the code. Knows nothing else of Hikae. */
@NullMarked
package org.hikae.openapi.wire;

import org.jspecify.annotations.NullMarked;
