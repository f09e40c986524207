/** Where to sign in, and the employee directory. */
@NullMarked
package org.hikae.identity.rest;

import org.jspecify.annotations.NullMarked;
