#pragma once
#include <string>

namespace hashimichi::crs {

/// Japan's plane rectangular zones I…XIX (JGD2011: EPSG 6669…6687). Zones are drawn along prefectures by law; from a
/// coordinate alone only the nearest zone origin can be proposed, so callers record the choice as an assumption.
inline constexpr int first_plane_zone_epsg = 6669;
inline constexpr int plane_zone_count = 19;

bool insideJapan(double lat_deg, double lon_deg);

/// EPSG code of the zone whose origin is nearest, longitude counting more than latitude (zones are strips along
/// meridians).
int proposePlaneZone(double lat_deg, double lon_deg);

/// "VIII" for 6676; empty for codes that are no JGD2011 plane rectangular zone.
std::string planeZoneNumeral(int epsg);

/// The JGD2011 zone (6669…6687) of the same number as a zone of an older datum: JGD2000 (2443…2461) or Tokyo
/// (30161…30179); a JGD2011 zone itself; 0 for other codes.
int jgd2011ZoneOf(int epsg);

/// UTM zone on WGS 84 for places outside Japan whose data are geographic only.
int proposeUtmZone(double lat_deg, double lon_deg);

}  // namespace hashimichi::crs
