/** Rules about which class may know which; they read the compiled classes of every module. */
@NullMarked
package org.hikae.it.architecture;

import org.jspecify.annotations.NullMarked;
