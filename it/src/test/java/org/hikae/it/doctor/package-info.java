/** {@code hikae-admin doctor} as shipped, beside a running system that is whole or broken. */
@NullMarked
package org.hikae.it.doctor;

import org.jspecify.annotations.NullMarked;
