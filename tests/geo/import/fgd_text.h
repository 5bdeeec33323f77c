#pragma once
#include <fmt/format.h>

#include <string>

namespace hashimichi::tests {

/// A small mesh as GSI writes it; every part can be spoilt.
struct FgdText {
  std::string encoding = "UTF-8", srs = "fguuid:jgd2011.bl", mesh = "52387400";
  std::string lower = "35.25 138.5", upper = "35.258333333 138.5125", high = "2 1", start = "0 0", order = "+x-y";
  std::string tuples = "地表面,10.00\n地表面,11.00\n地表面,12.00\n地表面,13.00\n地表面,14.00\n内水面,-9999.\n";

  std::string text() const {
    return fmt::format(R"(<?xml version="1.0" encoding="{}"?>
<Dataset xsi:schemaLocation="http://fgd.gsi.go.jp/spec/2008/FGD_GMLSchema FGD_GMLSchema.xsd"
 xmlns:gml="http://www.opengis.net/gml/3.2" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
 xmlns="http://fgd.gsi.go.jp/spec/2008/FGD_GMLSchema" gml:id="Dataset1">
<DEM gml:id="DEM001"><type>5mメッシュ（標高）</type><mesh>{}</mesh><coverage gml:id="DEM001-3">
<gml:boundedBy><gml:Envelope srsName="{}"><gml:lowerCorner>{}</gml:lowerCorner><gml:upperCorner>{}</gml:upperCorner>
</gml:Envelope></gml:boundedBy>
<gml:gridDomain><gml:Grid dimension="2"><gml:limits><gml:GridEnvelope><gml:low>0 0</gml:low><gml:high>{}</gml:high>
</gml:GridEnvelope></gml:limits><gml:axisLabels>x y</gml:axisLabels></gml:Grid></gml:gridDomain>
<gml:rangeSet><gml:DataBlock><gml:tupleList>
{}</gml:tupleList></gml:DataBlock></gml:rangeSet>
<gml:coverageFunction><gml:GridFunction><gml:sequenceRule order="{}">Linear</gml:sequenceRule>
<gml:startPoint>{}</gml:startPoint></gml:GridFunction></gml:coverageFunction></coverage></DEM></Dataset>
)",
                       encoding, mesh, srs, lower, upper, high, tuples, order, start);
  }
};

}  // namespace hashimichi::tests
