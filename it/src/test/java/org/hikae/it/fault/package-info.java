/** What an acknowledgement is worth when the power goes. */
@NullMarked
package org.hikae.it.fault;

import org.jspecify.annotations.NullMarked;
