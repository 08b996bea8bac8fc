"""Operations requests: the catalogue, the requests people make from it, and who decides."""
