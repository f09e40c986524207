/** Which programs have used the API, as rows. */
@NullMarked
package org.hikae.caller.entity;

import org.jspecify.annotations.NullMarked;
