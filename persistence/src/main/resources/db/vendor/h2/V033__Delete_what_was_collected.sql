-- Collected objects go with their bytes.
grant delete on ciphertext to ${appUser};
