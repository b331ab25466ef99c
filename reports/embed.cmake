# Write files into a C source as arrays of octets, so that the program needs none of them when it runs.
#
#   cmake -DOUTPUT=assets.c -DFILES=a;b -P embed.cmake
set(arrays "")
set(rows "")
set(number 0)
foreach(file IN LISTS FILES)
    get_filename_component(name ${file} NAME)
    file(READ ${file} hex HEX)
    string(REGEX REPLACE "(................................)" "\\1\n" hex "${hex}")
    string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1, " octets "${hex}")
    string(APPEND arrays "static const unsigned char file_${number}[] = {\n${octets}\n0};\n")
    string(APPEND rows "    {\"${name}\", file_${number}, sizeof file_${number} - 1},\n")
    math(EXPR number "${number} + 1")
endforeach()
file(WRITE ${OUTPUT} "#include \"asset.h\"\n\n${arrays}\nconst struct report_asset report_assets[] = {\n${rows}};\n"
     "const size_t report_asset_count = ${number};\n")
