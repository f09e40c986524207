/** What the applications of the server have in common before any of their code runs. */
@NullMarked
package org.hikae.runtime.boundary;

import org.jspecify.annotations.NullMarked;
