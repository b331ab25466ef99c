# Warnings for every target of the folders below the one that includes this.
add_compile_options(-Wall -Wextra -Wpedantic -Wshadow -Wconversion)
if(ATWIRE_WERROR)
    add_compile_options(-Werror)
endif()
