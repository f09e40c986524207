/**
 * What happens to consents, and what the one query of each authenticator finds. Knows no entity.
 */
@NullMarked
package org.hikae.enrollment.value;

import org.jspecify.annotations.NullMarked;
