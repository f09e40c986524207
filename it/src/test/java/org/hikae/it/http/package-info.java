/** Use cases of staff and devices over HTTPS. */
@NullMarked
package org.hikae.it.http;

import org.jspecify.annotations.NullMarked;
